import {sanitizeText} from './safe-text.js';

/** The last name of an import path, and of each one inside brackets: `pandas.core.frame.DataFrame` → `DataFrame`. */
export const formatPythonType = (importPath: string): string =>
  sanitizeText(importPath.replaceAll('.<locals>', '')).replace(/(?:[\p{L}_][\p{L}\p{N}_]*\.)+(?=[\p{L}_])/gu, '');
