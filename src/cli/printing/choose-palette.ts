import type {ThemeName} from '../../settings/settings.js';
import type {PaletteName} from '../../theme/palettes.js';

/** The palette that was chosen by name; `undefined`: the one that suits the terminal. */
export const choosePalette = (theme: ThemeName | undefined): PaletteName | undefined =>
  theme === 'auto' ? undefined : theme;
