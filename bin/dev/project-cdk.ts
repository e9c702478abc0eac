import { Cdk, CdkProps, resolveIn } from './cdk';
import { CdkCli } from './cdk-cli';
import { CdkToolkit } from './cdk-toolkit';

/** The project's CDK: its toolkit library if it has one, because that is faster, otherwise its CLI. */
export function projectCdk(props: CdkProps): Cdk {
  const cli = new CdkCli(props);
  const library = resolveIn(props.project, '@aws-cdk/toolkit-lib');
  return library === undefined ? cli : new CdkToolkit(props, library, cli);
}
