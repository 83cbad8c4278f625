/**
 * The names under which ZenML and its integrations nest environment variables: `environment`, `runtime_environment` (Docker),
 * `env` (Kubernetes), `envs` (SkyPilot), `spark_env_vars` (Databricks), `environment_variables` (AWS, GCP). Camel case, as in
 * `envVars`, is split first.
 */
const environmentKeyPattern = /(?:^|_)(?:env|envs|environment|environments)(?:_(?:vars?|variables?))?$/i;

/** Whether a record or a list under this key of a configuration contains environment variables. */
export const isEnvironmentKey = (key: string): boolean =>
  environmentKeyPattern.test(key.replace(/([a-z\d])(?=[A-Z])/g, '$1_'));
