type Handle = {readonly setBlocking: (isBlocking: boolean) => void; readonly fd: number};

const isHandle = (handle: unknown): handle is Handle =>
  typeof handle === 'object' &&
  handle !== null &&
  'setBlocking' in handle &&
  typeof handle.setBlocking === 'function' &&
  'fd' in handle &&
  typeof handle.fd === 'number';

/**
 * Sets whether writes to a terminal block until it accepts them. Blocking is Node's default, and stops the whole program
 * while nothing reads from the terminal. Node has no public API for this. The mode is changed only on Linux, and only if Node
 * has reopened the terminal (its handle has another file descriptor): otherwise the shell and its programs would be affected.
 */
export const setBlocking = (stream: {readonly fd?: number}, isBlocking: boolean, platform: NodeJS.Platform): void => {
  const handle: unknown = Reflect.get(stream, '_handle');
  if (platform === 'linux' && isHandle(handle) && handle.fd !== stream.fd) {
    handle.setBlocking(isBlocking);
  }
};
