import {safeText} from './safe-text.js';

/** The last name of an import path, inside brackets too: `pandas.core.frame.DataFrame` → `DataFrame`. */
export const shortType = (importPath: string): string =>
  safeText(importPath.replaceAll('.<locals>', '')).replace(/(?:[\p{L}_][\p{L}\p{N}_]*\.)+(?=[\p{L}_])/gu, '');
