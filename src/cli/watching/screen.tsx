import {type Instance, render as renderWithInk} from 'ink';
import type {ReactNode} from 'react';
import {guessBackground, requestBackground, type TerminalBackground} from '../../terminal/background.js';
import {openTerminal, type Terminal} from '../../terminal/terminal.js';
import {createTheme, type Theme} from '../../theme/theme.js';
import {ErrorBoundary} from '../../view/error-boundary.js';
import type {WatchOptions} from '../options/watch-options.js';
import type {ExitRequest} from './exit-request.js';

export type TerminalScreen = {
  readonly terminal: Terminal;
  /** The theme, which changes if the terminal reports its background late. */
  readonly getTheme: () => Theme;
  /** Draws this instead of what was drawn before, and again whenever the theme changes. */
  readonly draw: (render: (theme: Theme) => ReactNode) => Instance;
  /** Restores the terminal; without the alternate screen, the last frame stays above the prompt. */
  readonly close: () => Promise<void>;
};

/** Takes over the terminal and detects its background; nothing is drawn yet. */
export const openScreen = async (watch: WatchOptions, exit: ExitRequest): Promise<TerminalScreen> => {
  const terminal = openTerminal({hasMouse: watch.hasMouse, onSignal: signal => exit.leave({by: signal})});
  const {capabilities} = terminal;
  const colorLevel = watch.hasColor ? capabilities.colorLevel : 0;
  const createScreenTheme = (background: TerminalBackground | undefined): Theme =>
    createTheme({
      colorLevel,
      isAscii: watch.isAscii || !capabilities.hasUnicode,
      name: watch.theme,
      background,
      isLinuxConsole: capabilities.isLinuxConsole,
    });
  let theme = createScreenTheme(guessBackground(process.env));
  let renderWithTheme: ((theme: Theme) => ReactNode) | undefined;
  let instance: Instance | undefined;
  const renderContent = (): ReactNode => <ErrorBoundary onError={exit.fail}>{renderWithTheme?.(theme)}</ErrorBoundary>;
  // The palettes of the sixteen colors do not depend on the background.
  if (colorLevel > 1) {
    await requestBackground({
      send: terminal.send,
      onReport: terminal.onReport,
      onBackground: background => {
        theme = createScreenTheme(background);
        instance?.rerender(renderContent());
      },
    });
  }

  return {
    terminal,
    getTheme: () => theme,
    draw: render => {
      renderWithTheme = render;
      if (instance !== undefined) {
        instance.rerender(renderContent());
        return instance;
      }

      instance = renderWithInk(renderContent(), {
        stdin: terminal.stdin,
        stdout: terminal.stdout,
        alternateScreen: watch.hasAltScreen,
        incrementalRendering: true,
        // Ink would draw nothing if a CI variable is set, even to an empty value.
        interactive: true,
        patchConsole: false,
        exitOnCtrlC: false,
        maxFps: 60,
      });
      terminal.attach(instance);
      return instance;
    },
    close: async () => {
      instance?.unmount();
      await instance?.waitUntilExit();
      terminal.close();
      if (!watch.hasAltScreen && instance !== undefined) {
        // The last frame stays on the screen, and the cursor at its end.
        process.stdout.write('\n');
      }
    },
  };
};
