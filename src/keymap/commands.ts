import {type Command, type Place, places} from './command.js';
import {copyCommands} from './copy-commands.js';
import {detailCommands} from './detail-commands.js';
import {fieldCommands} from './field-commands.js';
import {helpCommands} from './help-commands.js';
import {listCommands} from './list-commands.js';
import {paneCommands} from './pane-commands.js';
import {programCommands} from './program-commands.js';

/** The one table of commands, the most needed of each place first. */
export const commands: readonly Command[] = [
  ...paneCommands,
  ...listCommands,
  ...detailCommands,
  ...copyCommands,
  ...helpCommands,
  ...fieldCommands,
  ...programCommands,
];

const commandsByPlace: ReadonlyMap<Place, readonly Command[]> = new Map(
  places.map(place => [place, commands.filter(({on}) => on.includes(place))]),
);

export const commandsOn = (place: Place): readonly Command[] => commandsByPlace.get(place) ?? [];
