import type {ThemeName} from '../../settings/settings.js';
import type {PaletteName} from '../../theme/palettes.js';

/** The palette of a theme; `undefined`: the one that matches the terminal. */
export const choosePalette = (theme: ThemeName | undefined): PaletteName | undefined =>
  theme === 'auto' ? undefined : theme;
