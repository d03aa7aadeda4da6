#pragma once

#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <sys/epoll.h>

/* Nothing is included from <sys/socket.h> or <netinet/in.h>: their names would then belong to this
   module as well as to Glibc, and be hidden from files that import Glibc alone. */
struct sockaddr;

/* These stand behind _GNU_SOURCE, which Swift's importer does not set. */
extern int accept4(int socket, struct sockaddr *address, unsigned *length, int flags);
extern int setns(int descriptor, int kind);
extern int unshare(int flags);

/* CLONE_NEWNET and CLONE_NEWUSER of <sched.h>, there behind _GNU_SOURCE. */
static const int network_namespace = 0x40000000;
static const int user_namespace = 0x10000000;

/* IPV6_RECVORIGDSTADDR and IPV6_TRANSPARENT of <linux/in6.h>, which cannot stand beside
   <netinet/in.h>. */
static const int ipv6_original_destination = 74;
static const int ipv6_transparent = 75;

/* Ancillary data is read and written in C because its macros cannot be imported into Swift. */

/* Receives a datagram with its sender and the address it was sent to, each a struct
   sockaddr_storage. The port of the latter is known only where the original destination is asked
   for, as behind a transparent proxy. Answers the length, or -1 with errno. */
long namespaces_receive(
    int socket, void *buffer, unsigned long length, void *sender, void *target);

/* Sends a datagram from an address of the caller's choice. Answers the length, or -1 with errno. */
long namespaces_send(
    int socket, const void *buffer, unsigned long length, const struct sockaddr *target,
    unsigned target_length, const struct sockaddr *source);
