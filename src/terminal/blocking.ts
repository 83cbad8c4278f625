type Handle = {readonly setBlocking: (isBlocking: boolean) => void; readonly fd: number};

const isHandle = (handle: unknown): handle is Handle =>
  typeof handle === 'object' &&
  handle !== null &&
  'setBlocking' in handle &&
  typeof handle.setBlocking === 'function' &&
  'fd' in handle &&
  typeof handle.fd === 'number';

/**
 * Says whether writes to a terminal wait until it takes them, as they do in Node unless told otherwise: then the whole
 * program stops when nobody reads. Node has no public way to say it. Only done on Linux, and where Node has opened the
 * terminal anew (its handle has a number of its own): else the shell and all its programs would not wait either.
 */
export const setBlocking = (stream: {readonly fd?: number}, isBlocking: boolean, platform: NodeJS.Platform): void => {
  const handle: unknown = Reflect.get(stream, '_handle');
  if (platform === 'linux' && isHandle(handle) && handle.fd !== stream.fd) {
    handle.setBlocking(isBlocking);
  }
};
