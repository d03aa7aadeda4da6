#pragma once
#include <zlib.h>

/* deflateInit2 is a macro, which Swift does not import. 31 is the largest window, and gzip's frame
   around the deflated data (zlib.h). */
static inline int labplan_gzip_begin(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
}
