type Blockable = {readonly setBlocking: (isBlocking: boolean) => void};

const isBlockable = (handle: unknown): handle is Blockable =>
  typeof handle === 'object' && handle !== null && 'setBlocking' in handle && typeof handle.setBlocking === 'function';

/**
 * Says whether writes to a terminal wait until it takes them, which is Node's way and stops the whole program when
 * nobody reads. Node has no public switch; only on Linux is the other way known to work for terminals. Answers whether
 * it was switched.
 */
export const setBlocking = (stream: object, isBlocking: boolean, platform: NodeJS.Platform): boolean => {
  const handle: unknown = Reflect.get(stream, '_handle');
  if (platform !== 'linux' || !isBlockable(handle)) return false;
  handle.setBlocking(isBlocking);
  return true;
};
