#pragma once

/* libyaml's bound on lists and mappings within each other, for the whole process.
   Yams compiles libyaml in and has no word for this bound; at the thousand levels it leaves, a
   small document takes minutes (keys made of keys are hashed at each) or more than a thread's
   stack. */
extern void yaml_set_max_nest_level(int max);
