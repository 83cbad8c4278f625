/** The system's code, such as `ENOENT`; empty if there is none. */
export const getErrorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const reasonByErrorCode: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'read-only file system',
  ENOENT: 'no such directory',
  ENOTDIR: 'no such directory',
  EISDIR: 'is a directory',
  ENOSPC: 'disk full',
  EDQUOT: 'disk quota exceeded',
  EFBIG: 'file size limit exceeded',
  EPIPE: 'the program that reads it has ended',
};

/** Why a file cannot be written, in words. */
export const explainWriteError = (error: unknown): string =>
  reasonByErrorCode[getErrorCode(error)] ?? (error instanceof Error ? error.message : String(error));
