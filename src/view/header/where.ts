import type {Run} from '../../domain/run.js';
import {safeText} from '../../format/safe-text.js';
import type {State} from '../../store/state.js';
import {type Piece, type Pieces, piece} from '../pieces.js';

/** Longest name in the header, in cells: one that is longer says no more. */
const longestName = 60;

const name = (text: string): string => safeText(text, {maxCells: longestName});

/** The server's own name where it has one that says something, else its host. */
export const serverName = ({session, server}: State): string =>
  session.isDemo ? 'demo' : name(server?.name ?? hostOf(session.serverUrl));

const hostOf = (url: string): string => /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? url;

/** Server and project: `prod › default`; and whether the server might be another than it says. */
export const placePieces = (state: State, within: string): Pieces => {
  const project = state.session.project?.name;
  const server = serverName(state);
  const place = piece(project === undefined ? server : `${server} ${within} ${name(project)}`, 'dim');
  return state.session.isUnverified === true ? [place, piece(' certificate not verified', 'warning')] : [place];
};

/** The pipeline and the number of its run: `training_pipeline #42`; the run's own name where it has no pipeline. */
export const titlePieces = (run: Run | undefined): Pieces => {
  if (run === undefined) {
    return [];
  }

  const title: Piece = piece(name(run.pipeline?.name ?? run.name), 'strong');
  return run.index === undefined ? [title] : [title, piece(` #${run.index}`, 'dim')];
};

/** The name of the run, unless the title is it already. */
export const runNamePieces = (run: Run | undefined): Pieces =>
  run?.pipeline === undefined ? [] : [piece(name(run.name), 'dim')];
