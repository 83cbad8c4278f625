type ManualEntries = readonly (readonly [name: string, meaning: string])[];

export const exitCodes: ManualEntries = [
  ['0', 'The run succeeded, or with --once is still running; you quit; the output was closed.'],
  ['1', 'The run failed; or `zentop stop` or `zentop answer` could not be carried out.'],
  ['2', 'Usage error.'],
  ['3', 'The run was stopped or cancelled.'],
  [
    '4',
    'No such run or step; the server is unreachable (for longer than --give-up-after), or returned an error; the output or a recording could not be written.',
  ],
  ['70', 'Internal error.'],
  ['124', '--timeout expired; the run is still running.'],
  ['129, 130, 131, 143', 'Ended by the signal SIGHUP, SIGINT, SIGQUIT or SIGTERM.'],
];

export const environmentVariables: ManualEntries = [
  ['ZENML_STORE_URL', 'Server URL; credentials are in ZENML_STORE_API_KEY, _API_TOKEN, or _USERNAME and _PASSWORD.'],
  ['ZENML_CONFIG_PATH', "Directory of ZenML's configuration."],
  ['ZENML_ACTIVE_PROJECT_ID', 'Project ID or name.'],
  [
    'HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY',
    "Proxies, and hosts to reach directly, as for ZenML's client. SOCKS proxies are not supported.",
  ],
  [
    'ZENML_STORE_VERIFY_SSL, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE, SSL_CERT_FILE, SSL_CERT_DIR',
    'Certificates of additional authorities, in PEM.',
  ],
  ['NO_COLOR, FORCE_COLOR', 'Disable colors; force colors even when output is not a terminal.'],
  ['TERM, COLORTERM, LC_ALL, LC_CTYPE, LANG', 'Terminal capabilities; non-UTF-8 locales get ASCII.'],
  ['INK_SCREEN_READER', '`1` or `true`: the same as --screen-reader.'],
  ['ZENTOP_LOG', 'Log file: the same as --log.'],
  ['XDG_CONFIG_HOME', 'Directory that contains the settings directory zentop/.'],
  [
    'ZENTOP_RUN_ID, ZENTOP_RUN_NAME, ZENTOP_PIPELINE, ZENTOP_STATUS, ZENTOP_DURATION_S, ZENTOP_FAILED_STEPS, ZENTOP_URL',
    'Set for the --on-end command: the outcome of the run.',
  ],
  [
    'ZENTOP_STEP, ZENTOP_QUIET_S',
    'Also set for the --on-quiet command: the step (empty for a local run that has died) and for how many seconds it has been quiet.',
  ],
];

export const settingsFiles: ManualEntries = [
  [
    '~/.config/zentop/config.yaml',
    'User settings (macOS: ~/Library/Application Support/zentop; Windows: %APPDATA%\\zentop). `zentop config` shows the file and the effective settings.',
  ],
];
