const LOOPBACK = /^((.+\.)?localhost|127(\.\d+){3}|\[?::1\]?)$/i;

/** Whether a host name, as a browser writes it, always means the machine it runs on. */
export function isLoopbackName(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
