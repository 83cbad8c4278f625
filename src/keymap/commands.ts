import {answeringCommands} from './answering-commands.js';
import {arrangeCommands} from './arrange-commands.js';
import {choosingCommands} from './choosing-commands.js';
import {type Command, type KeyContext, keyContexts} from './command.js';
import {comparingCommands} from './comparing-commands.js';
import {copyCommands} from './copy-commands.js';
import {detailCommands} from './detail-commands.js';
import {failureCommands} from './failure-commands.js';
import {fieldCommands} from './field-commands.js';
import {graphCommands} from './graph-commands.js';
import {groupCommands} from './group-commands.js';
import {helpCommands} from './help-commands.js';
import {interventionCommands} from './intervention-commands.js';
import {listCommands} from './list-commands.js';
import {listScrollCommands} from './list-scroll-commands.js';
import {logCommands, runLogCommands} from './log-commands.js';
import {matchCommands} from './match-commands.js';
import {menuCommands} from './menu-commands.js';
import {paneCommands} from './pane-commands.js';
import {programCommands} from './program-commands.js';
import {runRowCommands} from './run-row-commands.js';
import {runsCommands} from './runs-commands.js';
import {runsScrollCommands} from './runs-scroll-commands.js';
import {timelineCommands} from './timeline-commands.js';

/** All commands; within each context the most useful first, which is the order of help and footer. */
export const commands: readonly Command[] = [
  ...paneCommands,
  ...logCommands,
  ...listCommands,
  ...failureCommands,
  ...groupCommands,
  ...runRowCommands,
  ...listScrollCommands,
  ...timelineCommands,
  ...graphCommands,
  ...arrangeCommands,
  ...matchCommands,
  ...detailCommands,
  ...runLogCommands,
  ...interventionCommands,
  ...answeringCommands,
  ...copyCommands,
  ...menuCommands,
  ...runsCommands,
  ...runsScrollCommands,
  ...comparingCommands,
  ...choosingCommands,
  ...helpCommands,
  ...fieldCommands,
  ...programCommands,
];

/** Keys chosen by the user, by command ID. */
export type KeyBindings = Readonly<Record<string, readonly string[]>>;

/** The commands with their effective keys: all of them, and those of a context. */
export type Keymap = {
  readonly commands: readonly Command[];
  readonly on: (context: KeyContext) => readonly Command[];
};

const buildKeymap = (chosen: KeyBindings): Keymap => {
  const boundCommands = commands.map(command => {
    const keys = chosen[command.id];
    return keys === undefined ? command : {...command, keys};
  });
  const listOwn = (context: KeyContext): readonly Command[] =>
    removeTakenKeys(
      boundCommands.filter(({on}) => on.includes(context)),
      chosen,
    );
  const commandsByContext = new Map(keyContexts.map(context => [context, buildContext(context, listOwn)]));
  const on = (context: KeyContext): readonly Command[] => commandsByContext.get(context) ?? [];
  return {
    commands: boundCommands.map(command => removeUnreachableKeys(command, on)).filter(({keys}) => keys.length > 0),
    on,
  };
};

/** Returns the command with only those keys that still trigger it in at least one context. */
const removeUnreachableKeys = (command: Command, on: Keymap['on']): Command => {
  const {id, keys} = command;
  const left = keys.filter(key =>
    command.on.some(context => on(context).some(each => each.id === id && each.keys.includes(key))),
  );
  return left.length === keys.length ? command : {...command, keys: left};
};

/** Removes a chosen key from all other commands of the context; if it was chosen for two commands, the first one keeps it. */
const removeTakenKeys = (inContext: readonly Command[], chosen: KeyBindings): readonly Command[] => {
  const ownersByKey = new Map<string, string>();
  for (const {id, keys} of inContext.filter(command => chosen[command.id] !== undefined)) {
    for (const key of keys) {
      ownersByKey.set(key, ownersByKey.get(key) ?? id);
    }
  }

  return ownersByKey.size === 0
    ? inContext
    : inContext
        .map(command => ({
          ...command,
          keys: command.keys.filter(key => (ownersByKey.get(key) ?? command.id) === command.id),
        }))
        .filter(({keys}) => keys.length > 0);
};

/** A log is part of the pane, and timeline and graph are other views of the list: commands of the whole also work in the part. */
const wholeByPart: Readonly<Partial<Record<KeyContext, KeyContext>>> = {log: 'pane', timeline: 'list', graph: 'list'};

const buildContext = (
  context: KeyContext,
  listOwn: (context: KeyContext) => readonly Command[],
): readonly Command[] => {
  const whole = wholeByPart[context];
  return whole === undefined ? listOwn(context) : mergeCommands(context, listOwn(context), listOwn(whole));
};

/** The commands of a context and those of the context that it is a part of, except for keys that it uses itself. */
const mergeCommands = (
  context: KeyContext,
  ofPart: readonly Command[],
  ofWhole: readonly Command[],
): readonly Command[] => {
  const ownKeys = new Set(ofPart.flatMap(({keys}) => keys));
  return [
    ...ofPart,
    ...ofWhole
      .filter(({on}) => !on.includes(context))
      .map(command => ({...command, keys: command.keys.filter(key => !ownKeys.has(key))}))
      .filter(({keys}) => keys.length > 0),
  ];
};

const noBindings: KeyBindings = {};
const keymapByBindings = new WeakMap<KeyBindings, Keymap>();

/** The keymap with the keys that the user chose, or else with the default ones. It is built once for each `chosen` object. */
export const getKeymap = (chosen: KeyBindings = noBindings): Keymap => {
  const keymap = keymapByBindings.get(chosen) ?? buildKeymap(chosen);
  keymapByBindings.set(chosen, keymap);
  return keymap;
};

export const getCommands = (context: KeyContext, chosen?: KeyBindings): readonly Command[] =>
  getKeymap(chosen).on(context);
