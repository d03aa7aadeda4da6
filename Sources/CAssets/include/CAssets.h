#pragma once
#include <stddef.h>

/* A file that travels inside the binary. `name` is its path from the project's top level. */
struct labplan_asset {
  const char *name;
  const unsigned char *bytes;
  size_t count;
};

extern const struct labplan_asset labplan_assets[];
extern const size_t labplan_asset_count;
