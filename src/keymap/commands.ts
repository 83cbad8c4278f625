import {arrangeCommands} from './arrange-commands.js';
import {choosingCommands} from './choosing-commands.js';
import {type Command, type Place, places} from './command.js';
import {comparingCommands} from './comparing-commands.js';
import {copyCommands} from './copy-commands.js';
import {detailCommands} from './detail-commands.js';
import {fieldCommands} from './field-commands.js';
import {helpCommands} from './help-commands.js';
import {listCommands} from './list-commands.js';
import {logCommands, runLogCommands} from './log-commands.js';
import {paneCommands} from './pane-commands.js';
import {programCommands} from './program-commands.js';
import {runsCommands} from './runs-commands.js';

/** The one table of commands, the most needed of each place first. */
export const commands: readonly Command[] = [
  ...paneCommands,
  ...logCommands,
  ...listCommands,
  ...arrangeCommands,
  ...detailCommands,
  ...runLogCommands,
  ...copyCommands,
  ...runsCommands,
  ...comparingCommands,
  ...choosingCommands,
  ...helpCommands,
  ...fieldCommands,
  ...programCommands,
];

const commandsAt = (place: Place): readonly Command[] => commands.filter(({on}) => on.includes(place));

/** A log is read in the pane, so what can be done there can be done here, but by keys that mean something else here. */
const logKeys = new Set(commandsAt('log').flatMap(({keys}) => keys));
const inLog: readonly Command[] = [
  ...commandsAt('log'),
  ...commandsAt('pane')
    .filter(({on}) => !on.includes('log'))
    .map(command => ({...command, keys: command.keys.filter(key => !logKeys.has(key))}))
    .filter(({keys}) => keys.length > 0),
];

const commandsByPlace: ReadonlyMap<Place, readonly Command[]> = new Map(
  places.map(place => [place, place === 'log' ? inLog : commandsAt(place)]),
);

export const commandsOn = (place: Place): readonly Command[] => commandsByPlace.get(place) ?? [];
