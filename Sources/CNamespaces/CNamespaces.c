#define _GNU_SOURCE
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "CNamespaces.h"

long namespaces_receive(
    int socket, void *buffer, unsigned long length, void *sender, void *target) {
  char control[256];
  struct iovec vector = {.iov_base = buffer, .iov_len = length};
  struct msghdr message = {
      .msg_name = sender, .msg_namelen = sizeof(struct sockaddr_storage), .msg_iov = &vector,
      .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  ssize_t received = recvmsg(socket, &message, MSG_DONTWAIT);
  if (received < 0) return received;
  memset(target, 0, sizeof(struct sockaddr_storage));
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
    } else if (part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_PKTINFO) {
      struct in6_pktinfo info;
      memcpy(&info, CMSG_DATA(part), sizeof info);
      struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_addr = info.ipi6_addr};
      memcpy(target, &address, sizeof address);
    }
  }
  return received;
}

long namespaces_send(
    int socket, const void *buffer, unsigned long length, const struct sockaddr *target,
    unsigned target_length, const struct sockaddr *source) {
  union {
    char bytes[CMSG_SPACE(sizeof(struct in6_pktinfo))];
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
    struct in6_pktinfo info = {.ipi6_addr = ((const struct sockaddr_in6 *)source)->sin6_addr};
    part->cmsg_level = IPPROTO_IPV6;
    part->cmsg_type = IPV6_PKTINFO;
    part->cmsg_len = CMSG_LEN(sizeof info);
    memcpy(CMSG_DATA(part), &info, sizeof info);
    message.msg_controllen = CMSG_SPACE(sizeof info);
  }
  return sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}
