type ManualEntries = readonly (readonly [name: string, meaning: string])[];

export const exitCodes: ManualEntries = [
  ['0', 'The run succeeded or, with --once, is still running; or you quit; or the output was closed.'],
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
  ['ZENML_STORE_URL, ZENML_STORE_TYPE', "Server URL, and the type of ZenML's store: `rest` for a server."],
  [
    'ZENML_STORE_API_KEY, ZENML_STORE_API_TOKEN, ZENML_STORE_USERNAME, ZENML_STORE_PASSWORD',
    'Credentials for the server.',
  ],
  ['ZENML_STORE_HTTP_TIMEOUT', 'For how many seconds to wait for a response (default: 30).'],
  ['ZENML_CONFIG_PATH', "Directory of ZenML's configuration."],
  [
    'ZENML_REPOSITORY_PATH, ZENML_REPOSITORY_DIRECTORY_NAME',
    'Directory of the ZenML repository, and of its configuration in it (default: .zen).',
  ],
  ['ZENML_PRO_API_URL', "URL of ZenML Pro's control plane."],
  ['DISABLE_CREDENTIALS_DISK_CACHING', "`true`: ZenML's file of credentials is not read."],
  ['ZENML_ACTIVE_PROJECT_ID', 'Project ID or name.'],
  [
    'HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY',
    "Proxies, and hosts to reach directly, as for ZenML's client. SOCKS proxies are not supported.",
  ],
  [
    'ZENML_STORE_VERIFY_SSL, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE, SSL_CERT_FILE, SSL_CERT_DIR, NODE_EXTRA_CA_CERTS',
    'Certificates of additional authorities, in PEM; `false` in the first one turns verification off.',
  ],
  ['NO_COLOR, FORCE_COLOR', 'Disable colors; force colors even when output is not a terminal.'],
  ['TERM, COLORTERM, LC_ALL, LC_CTYPE, LANG', 'Terminal capabilities; non-UTF-8 locales get ASCII.'],
  ['COLORFGBG', "The terminal's background color, if the terminal does not report it."],
  ['COLUMNS, LINES', 'The size of the terminal, if the terminal does not report it.'],
  [
    'TMUX, STY, VTE_VERSION, SSH_CONNECTION, SSH_CLIENT, SSH_TTY, DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME',
    'How to copy text, notify, and open a page in the browser.',
  ],
  ['BROWSER', 'The program that opens pages.'],
  ['INK_SCREEN_READER', '`1` or `true`: the same as --screen-reader.'],
  ['ZENTOP_LOG', 'Log file: the same as --log.'],
  ['XDG_CONFIG_HOME', 'Directory that contains the settings directory zentop/ and, on Linux, that of ZenML.'],
  ['APPDATA', 'The same on Windows.'],
  [
    'SHELL, BASH_COMPLETION_USER_DIR, XDG_DATA_HOME',
    'For which shell, and where, `zentop completion --install` installs completions.',
  ],
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
