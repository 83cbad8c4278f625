import {Box, useInput} from 'ink';
import {useEffect, useState, useSyncExternalStore} from 'react';
import {countCells} from '../format/cells.js';
import {createSegment, joinLines, type Line} from '../format/line.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import {footerGap} from '../keymap/footer.js';
import type {OpeningState} from '../store/opening.js';
import type {ScreenSize} from '../store/state.js';
import type {Theme} from '../theme/theme.js';
import {renderConnecting} from './connecting-lines.js';
import {getInnerWidth, getLineWidth, withMargin} from './frame.js';
import {Lines} from './lines.js';

type Props = {
  readonly opening: {
    readonly getState: () => OpeningState;
    readonly subscribe: (listener: () => void) => () => void;
  };
  readonly initialSize: ScreenSize;
  readonly onSize: (listener: (size: ScreenSize) => void) => () => void;
  readonly theme: Theme;
  readonly onRetry: () => void;
  readonly onQuit: (isInterrupt: boolean) => void;
};

/** Shown until the server has responded for the first time: what is being waited for, and how to retry or leave. */
export const OpeningScreen = ({opening, initialSize, onSize, theme, onRetry, onQuit}: Props) => {
  const state = useSyncExternalStore(opening.subscribe, opening.getState);
  const [size, setSize] = useState(initialSize);
  useEffect(() => onSize(setSize), [onSize]);
  useInput((input, key) => {
    if (key.ctrl && input === 'c') {
      onQuit(true);
    } else if (input === 'q') {
      onQuit(false);
    } else if (input === 'r') {
      onRetry();
    }
  });
  const {columns, rows} = size;
  const width = getInnerWidth(columns);
  const body = renderBody(state, theme, width);
  const keys = renderKeys(state, width);
  const title: readonly Line[] = rows >= 4 ? [[createSegment('zentop', 'brand')], []] : [];
  const shown = [...title, ...body].slice(0, Math.max(1, rows - 1));
  const padding: readonly Line[] = Array.from({length: Math.max(0, rows - 1 - shown.length)}, () => []);
  const lines = rows >= 2 ? [...shown, ...padding, keys] : shown;
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Lines lines={lines.map(withMargin)} theme={theme} width={getLineWidth(columns)} height={rows} />
    </Box>
  );
};

const renderBody = (state: OpeningState, theme: Theme, width: number): readonly Line[] => {
  const {now, serverUrl, connectionArguments, startedAt, pendingRetry, awaited} = state;
  const url = sanitizeToWidth(serverUrl ?? 'the server', 120);
  return renderConnecting(
    {
      ...(awaited === undefined
        ? {action: 'connecting to ', object: url}
        : {action: 'waiting for ', object: sanitizeToWidth(awaited, 120)}),
      elapsedMs: now - startedAt,
      failure: pendingRetry?.failure,
      retryInMs: pendingRetry === undefined ? 0 : Math.max(0, pendingRetry.retryAt - now),
      serverUrl: url,
      connectionArguments,
    },
    theme,
    width,
  );
};

const renderKeys = ({pendingRetry}: OpeningState, width: number): Line => {
  const keys = [...(pendingRetry === undefined ? [] : [['r', 'retry now'] as const]), ['q', 'quit'] as const];
  const line = joinLines(
    keys.map(([key, word]) => [createSegment(key, 'accent'), createSegment(` ${word}`, 'dim')]),
    ' '.repeat(footerGap),
  );
  return line.reduce((cells, {text}) => cells + countCells(text), 0) <= width ? line : [];
};
