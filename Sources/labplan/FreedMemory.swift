import CMalloc

/// Lets the memory of large tables go back to the system as soon as they are freed.
///
/// By default glibc maps only blocks of more than 128 KiB on their own, and raises that bound to the
/// size of each such block that is freed, up to 32 MiB. After one large lab the tables of the next
/// then lie among small blocks that stay (mallopt(3)).
func returnFreedMemoryToTheSystem() {
  mallopt(M_MMAP_THRESHOLD, 512 << 10)
  mallopt(M_TRIM_THRESHOLD, 1 << 20)
}
