#pragma once
#include <stddef.h>
#include <string.h>

/* A file that travels inside the binary. `name` is its path from the project's top level. */
struct labplan_asset {
  const char *name;
  const unsigned char *bytes;
  size_t count;
};

extern const struct labplan_asset labplan_assets[];
extern const size_t labplan_asset_count;

/* The asset at `index`, in name order; NULL from `labplan_asset_count` on. Swift does not import
   an array of unknown length, hence a function. */
static inline const struct labplan_asset *labplan_asset_at(size_t index) {
  return index < labplan_asset_count ? &labplan_assets[index] : NULL;
}

/* The asset with that name; NULL when there is none. */
static inline const struct labplan_asset *labplan_asset_named(const char *name) {
  for (size_t index = 0; index < labplan_asset_count; index++) {
    if (strcmp(labplan_assets[index].name, name) == 0) return &labplan_assets[index];
  }
  return NULL;
}
