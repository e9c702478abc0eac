import { Cdk, CdkProps, resolveIn } from './cdk';
import { CdkCli } from './cdk-cli';
import { CdkToolkit } from './cdk-toolkit';

/** The CDK of the project: its toolkit library, which is faster, else its CLI. */
export function projectCdk(props: CdkProps): Cdk {
  const cli = new CdkCli(props);
  const library = resolveIn(props.project, '@aws-cdk/toolkit-lib');
  return library === undefined ? cli : new CdkToolkit(props, library, cli);
}
