/** A Python class as the server refers to it. */
type ClassSource = {readonly module: string; readonly attribute: string; readonly type: string};

export type ArtifactKind = {
  readonly type: string;
  readonly dataType: ClassSource;
  readonly materializer: ClassSource;
  /** Only the materializers of Python's own types compute a content hash. */
  readonly isHashed: boolean;
};

const buildInternalSource = (module: string, attribute: string): ClassSource => ({module, attribute, type: 'internal'});
const buildBuiltinSource = (attribute: string): ClassSource => ({module: 'builtins', attribute, type: 'builtin'});
const buildPackageSource = (module: string, attribute: string): ClassSource => ({
  module,
  attribute,
  type: 'distribution_package',
});

const builtinMaterializer = 'zenml.materializers.built_in_materializer';

const buildScalarKind = (attribute: string): ArtifactKind => ({
  type: 'DataArtifact',
  dataType: buildBuiltinSource(attribute),
  materializer: buildInternalSource(builtinMaterializer, 'BuiltInMaterializer'),
  isHashed: true,
});

const buildContainerKind = (attribute: string): ArtifactKind => ({
  type: 'BaseArtifact',
  dataType: buildBuiltinSource(attribute),
  materializer: buildInternalSource(builtinMaterializer, 'BuiltInContainerMaterializer'),
  isHashed: true,
});

const buildIntegrationKind = (
  type: string,
  dataType: ClassSource,
  name: string,
  materializer: string,
): ArtifactKind => ({
  type,
  dataType,
  materializer: buildInternalSource(`zenml.integrations.${name}`, materializer),
  isHashed: false,
});

/** How the server describes the types that the steps of the scenarios read and write. */
const artifactKinds: Readonly<Record<string, ArtifactKind>> = {
  int: buildScalarKind('int'),
  float: buildScalarKind('float'),
  bool: buildScalarKind('bool'),
  str: buildScalarKind('str'),
  dict: buildContainerKind('dict'),
  list: buildContainerKind('list'),
  dataframe: buildIntegrationKind(
    'DataArtifact',
    buildPackageSource('pandas.core.frame', 'DataFrame'),
    'pandas.materializers.pandas_materializer',
    'PandasMaterializer',
  ),
  ndarray: buildIntegrationKind(
    'DataArtifact',
    buildPackageSource('numpy', 'ndarray'),
    'numpy.materializers.numpy_materializer',
    'NumpyMaterializer',
  ),
  sklearn: buildIntegrationKind(
    'ModelArtifact',
    buildPackageSource('sklearn.pipeline', 'Pipeline'),
    'sklearn.materializers.sklearn_materializer',
    'SklearnMaterializer',
  ),
  booster: buildIntegrationKind(
    'ModelArtifact',
    buildPackageSource('xgboost.core', 'Booster'),
    'xgboost.materializers.xgboost_booster_materializer',
    'XgboostBoosterMaterializer',
  ),
  torch: buildIntegrationKind(
    'ModelArtifact',
    buildPackageSource('torch.nn.modules.module', 'Module'),
    'pytorch.materializers.pytorch_module_materializer',
    'PyTorchModuleMaterializer',
  ),
  html: {
    type: 'DataAnalysisArtifact',
    dataType: buildInternalSource('zenml.types', 'HTMLString'),
    materializer: buildInternalSource(
      'zenml.materializers.structured_string_materializer',
      'StructuredStringMaterializer',
    ),
    isHashed: false,
  },
};

const fallbackKind: ArtifactKind = {
  type: 'DataArtifact',
  dataType: buildBuiltinSource('object'),
  materializer: buildInternalSource('zenml.materializers.cloudpickle_materializer', 'CloudpickleMaterializer'),
  isHashed: false,
};

export const getArtifactKind = (name: string): ArtifactKind => artifactKinds[name] ?? fallbackKind;

/** `pandas.core.frame.DataFrame`, as the DAG writes a type. */
export const formatClassPath = ({module, attribute}: ClassSource): string => `${module}.${attribute}`;
