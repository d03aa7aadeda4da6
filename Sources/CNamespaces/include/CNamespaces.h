#pragma once

#include <netinet/in.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>

/* These stand behind _GNU_SOURCE, which Swift's importer does not set. */
extern int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);
extern int setns(int descriptor, int kind);
extern int unshare(int flags);

/* CLONE_NEWNET and CLONE_NEWUSER of <sched.h>, there behind _GNU_SOURCE. */
static const int network_namespace = 0x40000000;
static const int user_namespace = 0x10000000;

/* IPV6_RECVORIGDSTADDR, IPV6_TRANSPARENT and IPV6_PKTINFO of <linux/in6.h>, which cannot stand
   beside <netinet/in.h>. */
static const int ipv6_original_destination = 74;
static const int ipv6_transparent = 75;
static const int ipv6_packet_information = 50;

/* struct in6_pktinfo stands behind _GNU_SOURCE. */
struct ipv6_packet_source {
  struct in6_addr address;
  unsigned int interface;
};

/* Ancillary data is read and written here because its macros cannot be imported into Swift. */

/* Receives a datagram with its sender and the address it was sent to. The port of the latter is
   known only where the original destination is asked for, as behind a transparent proxy. */
static inline ssize_t receive_datagram(
    int socket, void *buffer, size_t length, struct sockaddr_storage *sender,
    struct sockaddr_storage *target) {
  char control[256];
  struct iovec vector = {.iov_base = buffer, .iov_len = length};
  struct msghdr message = {
      .msg_name = sender, .msg_namelen = sizeof *sender, .msg_iov = &vector, .msg_iovlen = 1,
      .msg_control = control, .msg_controllen = sizeof control};
  ssize_t received = recvmsg(socket, &message, MSG_DONTWAIT);
  if (received < 0) return received;
  memset(target, 0, sizeof *target);
  for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_ORIGDSTADDR) {
      memcpy(target, CMSG_DATA(part), sizeof(struct sockaddr_in));
    } else if (part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == ipv6_original_destination) {
      memcpy(target, CMSG_DATA(part), sizeof(struct sockaddr_in6));
    } else if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_PKTINFO) {
      struct in_pktinfo info;
      memcpy(&info, CMSG_DATA(part), sizeof info);
      struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = info.ipi_addr};
      memcpy(target, &address, sizeof address);
    } else if (part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == ipv6_packet_information) {
      struct ipv6_packet_source info;
      memcpy(&info, CMSG_DATA(part), sizeof info);
      struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_addr = info.address};
      memcpy(target, &address, sizeof address);
    }
  }
  return received;
}

/* Sends a datagram from an address of the caller's choice. */
static inline ssize_t send_datagram(
    int socket, const void *buffer, size_t length, const struct sockaddr *target,
    socklen_t target_length, const struct sockaddr *source) {
  union {
    char bytes[CMSG_SPACE(sizeof(struct ipv6_packet_source))];
    struct cmsghdr alignment;
  } control;
  memset(&control, 0, sizeof control);
  struct iovec vector = {.iov_base = (void *)buffer, .iov_len = length};
  struct msghdr message = {
      .msg_name = (void *)target, .msg_namelen = target_length, .msg_iov = &vector,
      .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  struct cmsghdr *part = CMSG_FIRSTHDR(&message);
  if (source->sa_family == AF_INET) {
    struct in_pktinfo info = {.ipi_spec_dst = ((const struct sockaddr_in *)source)->sin_addr};
    part->cmsg_level = IPPROTO_IP;
    part->cmsg_type = IP_PKTINFO;
    part->cmsg_len = CMSG_LEN(sizeof info);
    memcpy(CMSG_DATA(part), &info, sizeof info);
    message.msg_controllen = CMSG_SPACE(sizeof info);
  } else {
    struct ipv6_packet_source info = {
        .address = ((const struct sockaddr_in6 *)source)->sin6_addr};
    part->cmsg_level = IPPROTO_IPV6;
    part->cmsg_type = ipv6_packet_information;
    part->cmsg_len = CMSG_LEN(sizeof info);
    memcpy(CMSG_DATA(part), &info, sizeof info);
    message.msg_controllen = CMSG_SPACE(sizeof info);
  }
  return sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}
