import {Box} from 'ink';
import {sanitizeText} from '../format/safe-text.js';
import type {UtcOffset} from '../format/time.js';
import {formatTargetRun, selectTargetRun} from '../store/intervention/target.js';
import {selectFreshness} from '../store/requests/freshness.js';
import type {State} from '../store/state.js';
import type {Theme} from '../theme/theme.js';
import {ChoosingScreen} from './choosing-screen.js';
import {ComparingScreen} from './comparing/comparing-screen.js';
import {ConnectingScreen} from './connecting-screen.js';
import {getInnerWidth, getTextChromeHeight} from './frame.js';
import {renderHelp} from './help-lines.js';
import {renderAnswering} from './intervention/answering-lines.js';
import {getConfirmationTitle, renderConfirming} from './intervention/confirming-lines.js';
import {MenuScreen} from './menu-screen.js';
import {RunScreen} from './run-screen.js';
import {RunsScreen} from './runs/runs-screen.js';
import {TextScreen} from './text-screen.js';
import {renderWholeValue} from './value-lines.js';

export type AppProps = {readonly state: State; readonly theme: Theme; readonly getUtcOffset: UtcOffset};

/** The whole screen, exactly as large as the terminal. */
export const App = ({state, theme, getUtcOffset}: AppProps) => (
  <Box flexDirection="column" width={state.size.columns} height={state.size.rows} overflow="hidden">
    <CurrentScreen state={state} theme={theme} getUtcOffset={getUtcOffset} />
  </Box>
);

const CurrentScreen = ({state, theme, getUtcOffset}: AppProps) => {
  const {screen, openRun} = state;
  const width = getInnerWidth(state.size.columns);
  if (screen.name === 'help') {
    const content = renderHelp(width, state);
    return (
      <TextScreen
        state={state}
        top={screen.top}
        title="keys"
        content={content}
        theme={theme}
        getUtcOffset={getUtcOffset}
      />
    );
  }

  if (screen.name === 'value') {
    const {top, title, text} = screen;
    const content = renderWholeValue(text, width);
    return (
      <TextScreen state={state} top={top} title={title} content={content} theme={theme} getUtcOffset={getUtcOffset} />
    );
  }

  if (screen.name === 'confirming') {
    const content = renderConfirming(state, screen, width);
    const title = getConfirmationTitle(screen.intervention);
    // On a short screen, the word that is being typed matters more than what was asked.
    const top = screen.typed === '' ? 0 : content.length;
    return (
      <TextScreen state={state} top={top} title={title} content={content} theme={theme} getUtcOffset={getUtcOffset} />
    );
  }

  if (screen.name === 'answering') {
    const {lines, focusLine} = renderAnswering(state, screen, width, getUtcOffset);
    const height = state.size.rows - getTextChromeHeight(state.size.rows);
    const top = Math.max(0, focusLine - Math.floor(height / 2));
    const run = selectTargetRun(state);
    const title = run === undefined ? 'answer' : `answer: ${sanitizeText(formatTargetRun(run))}`;
    return (
      <TextScreen state={state} top={top} title={title} content={lines} theme={theme} getUtcOffset={getUtcOffset} />
    );
  }

  if (screen.name === 'menu') {
    return <MenuScreen state={state} screen={screen} theme={theme} getUtcOffset={getUtcOffset} />;
  }

  if (screen.name === 'choosing') {
    return <ChoosingScreen state={state} screen={screen} theme={theme} getUtcOffset={getUtcOffset} />;
  }

  if (screen.name === 'comparing') {
    return <ComparingScreen state={state} screen={screen} theme={theme} getUtcOffset={getUtcOffset} />;
  }

  if (screen.name === 'runs' && selectFreshness(state).kind !== 'connecting') {
    return <RunsScreen state={state} theme={theme} getUtcOffset={getUtcOffset} />;
  }

  return openRun === undefined || selectFreshness(state).kind === 'connecting' ? (
    <ConnectingScreen state={state} theme={theme} getUtcOffset={getUtcOffset} />
  ) : (
    <RunScreen state={state} openRun={openRun} theme={theme} getUtcOffset={getUtcOffset} />
  );
};
