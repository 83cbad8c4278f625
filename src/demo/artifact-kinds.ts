/** A class as the server names it. */
export type Source = {readonly module: string; readonly attribute: string; readonly type: string};

export type ArtifactKind = {
  readonly type: string;
  readonly dataType: Source;
  readonly materializer: Source;
  /** Only ZenML's own materializers hash the content. */
  readonly isHashed: boolean;
};

const internal = (module: string, attribute: string): Source => ({module, attribute, type: 'internal'});
const builtin = (attribute: string): Source => ({module: 'builtins', attribute, type: 'builtin'});
const packaged = (module: string, attribute: string): Source => ({module, attribute, type: 'distribution_package'});

const builtinMaterializer = 'zenml.materializers.built_in_materializer';

const scalar = (attribute: string): ArtifactKind => ({
  type: 'DataArtifact',
  dataType: builtin(attribute),
  materializer: internal(builtinMaterializer, 'BuiltInMaterializer'),
  isHashed: true,
});

const container = (attribute: string): ArtifactKind => ({
  type: 'BaseArtifact',
  dataType: builtin(attribute),
  materializer: internal(builtinMaterializer, 'BuiltInContainerMaterializer'),
  isHashed: true,
});

const integration = (type: string, dataType: Source, name: string, materializer: string): ArtifactKind => ({
  type,
  dataType,
  materializer: internal(`zenml.integrations.${name}`, materializer),
  isHashed: false,
});

/** What steps of the scenarios read and write: how the server describes each. */
const kinds: Readonly<Record<string, ArtifactKind>> = {
  int: scalar('int'),
  float: scalar('float'),
  bool: scalar('bool'),
  str: scalar('str'),
  dict: container('dict'),
  list: container('list'),
  dataframe: integration(
    'DataArtifact',
    packaged('pandas.core.frame', 'DataFrame'),
    'pandas.materializers.pandas_materializer',
    'PandasMaterializer',
  ),
  ndarray: integration(
    'DataArtifact',
    packaged('numpy', 'ndarray'),
    'numpy.materializers.numpy_materializer',
    'NumpyMaterializer',
  ),
  sklearn: integration(
    'ModelArtifact',
    packaged('sklearn.pipeline', 'Pipeline'),
    'sklearn.materializers.sklearn_materializer',
    'SklearnMaterializer',
  ),
  booster: integration(
    'ModelArtifact',
    packaged('xgboost.core', 'Booster'),
    'xgboost.materializers.xgboost_booster_materializer',
    'XgboostBoosterMaterializer',
  ),
  torch: integration(
    'ModelArtifact',
    packaged('torch.nn.modules.module', 'Module'),
    'pytorch.materializers.pytorch_module_materializer',
    'PyTorchModuleMaterializer',
  ),
  html: {
    type: 'DataAnalysisArtifact',
    dataType: internal('zenml.types', 'HTMLString'),
    materializer: internal('zenml.materializers.structured_string_materializer', 'StructuredStringMaterializer'),
    isHashed: false,
  },
};

const unknownKind: ArtifactKind = {
  type: 'DataArtifact',
  dataType: builtin('object'),
  materializer: internal('zenml.materializers.cloudpickle_materializer', 'CloudpickleMaterializer'),
  isHashed: false,
};

export const artifactKindFor = (name: string): ArtifactKind => kinds[name] ?? unknownKind;

/** `pandas.core.frame.DataFrame`, the form in which the DAG names a type. */
export const importPath = ({module, attribute}: Source): string => `${module}.${attribute}`;
