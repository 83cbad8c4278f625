type Handle = {readonly setBlocking: (isBlocking: boolean) => void; readonly fd: number};

const isHandle = (handle: unknown): handle is Handle =>
  typeof handle === 'object' &&
  handle !== null &&
  'setBlocking' in handle &&
  typeof handle.setBlocking === 'function' &&
  'fd' in handle &&
  typeof handle.fd === 'number';

/** Node has no public way to what lies below a stream; elsewhere than on Linux it is not known to work for terminals. */
const handleOf = (stream: object, platform: NodeJS.Platform): Handle | undefined => {
  const handle: unknown = Reflect.get(stream, '_handle');
  return platform === 'linux' && isHandle(handle) ? handle : undefined;
};

/**
 * Says whether writes to a terminal wait until it takes them, as they do in Node unless told otherwise: then the whole
 * program stops when nobody reads. Nothing happens where this cannot be chosen.
 */
export const setBlocking = (stream: object, isBlocking: boolean, platform: NodeJS.Platform): void =>
  handleOf(stream, platform)?.setBlocking(isBlocking);

/** The number to write to at once. Node opens the terminal anew; what was chosen above holds there, not for 1 or 2. */
export const descriptorOf = (stream: {readonly fd?: number}, platform: NodeJS.Platform): number =>
  handleOf(stream, platform)?.fd ?? stream.fd ?? 1;
