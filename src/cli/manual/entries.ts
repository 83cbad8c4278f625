type ManualEntries = readonly (readonly [name: string, meaning: string])[];

export const exitCodes: ManualEntries = [
  ['0', 'The run succeeded, or with --once still goes on; the reader quit; nobody reads on.'],
  ['1', 'The run failed.'],
  ['2', 'Wrong usage.'],
  ['3', 'The run was stopped or cancelled.'],
  ['4', 'The server could not be used, or was lost for longer than --give-up-after.'],
  ['70', 'zentop itself broke.'],
  ['124', '--timeout ran out; the run goes on.'],
  ['130, 143', 'Interrupted, terminated.'],
];

export const environmentVariables: ManualEntries = [
  ['ZENML_STORE_URL', 'The server; with ZENML_STORE_API_KEY, _API_TOKEN, or _USERNAME and _PASSWORD.'],
  ['ZENML_CONFIG_PATH', 'Where the configuration of ZenML lies.'],
  ['ZENML_ACTIVE_PROJECT_ID', 'The project.'],
  ['NO_COLOR, FORCE_COLOR', 'No colours; colours even where nobody seems to see them.'],
  ['TERM, COLORTERM, LC_ALL, LC_CTYPE, LANG', 'What the terminal can show; a locale that is not UTF-8 gets ASCII.'],
  ['INK_SCREEN_READER', '`true`: as --screen-reader.'],
  ['XDG_CONFIG_HOME', 'Where the folder with the settings lies.'],
  [
    'ZENTOP_RUN_ID, ZENTOP_RUN_NAME, ZENTOP_PIPELINE, ZENTOP_STATUS, ZENTOP_DURATION_S, ZENTOP_FAILED_STEPS, ZENTOP_URL',
    'Set for the program that --on-end starts: what became of the run.',
  ],
];

export const settingsFiles: ManualEntries = [
  [
    '~/.config/zentop/config.yaml',
    'Settings of your own; below ~/Library/Application Support or %APPDATA% where the system wants them there. `zentop config` prints which file is read and what is in force.',
  ],
];
