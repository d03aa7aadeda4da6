#pragma once
#include <sys/epoll.h>
#include <sys/eventfd.h>

/* Not from <sys/socket.h>: its names would then belong to this module as well as to Glibc, and be
   hidden from files that import Glibc alone. accept4 is not there anyway, as it stands behind
   _GNU_SOURCE, which Swift's importer does not set. */
struct sockaddr;
extern int accept4(int socket, struct sockaddr *address, unsigned *length, int flags);
