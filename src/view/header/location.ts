import type {Run} from '../../domain/run.js';
import {sanitizeText} from '../../format/safe-text.js';
import type {State} from '../../store/state.js';
import {createPiece, type Piece, type Pieces} from '../pieces.js';

/** Longest name in the header, in cells: one that is longer says no more. */
const maxNameCells = 60;

const formatName = (text: string): string => sanitizeText(text, {maxCells: maxNameCells});

/** The server's own name where it has one that says something, else its host. */
export const formatServerName = ({session, server}: State): string =>
  session.isDemo ? 'demo' : formatName(server?.name ?? getHost(session.serverUrl));

const getHost = (url: string): string => /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? url;

/** Server and project: `prod › default`; and whether the server might be another than it says. */
export const renderLocation = (state: State, within: string): Pieces => {
  const project = state.session.project?.name;
  const server = formatServerName(state);
  const place = createPiece(project === undefined ? server : `${server} ${within} ${formatName(project)}`, 'dim');
  return state.session.isUnverified === true ? [place, createPiece(' certificate not verified', 'warning')] : [place];
};

/** The pipeline and the number of its run: `training_pipeline #42`; the run's own name where it has no pipeline. */
export const renderRunTitle = (run: Run | undefined): Pieces => {
  if (run === undefined) {
    return [];
  }

  const title: Piece = createPiece(formatName(run.pipeline?.name ?? run.name), 'strong');
  return run.index === undefined ? [title] : [title, createPiece(` #${run.index}`, 'dim')];
};

/** The name of the run, unless the title is it already. */
export const renderRunName = (run: Run | undefined): Pieces =>
  run?.pipeline === undefined ? [] : [createPiece(formatName(run.name), 'dim')];
