const proxyErrors = new WeakSet<Error>();

/** Remembers that this error is about the connection to the proxy, not about the server behind it. */
export const markProxyError = (error: Error): void => {
  proxyErrors.add(error);
};

export const isProxyError = (error: unknown): boolean => error instanceof Error && proxyErrors.has(error);
