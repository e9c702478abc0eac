import * as cdk from 'aws-cdk-lib';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Files } from './outcome';

/** The CDK's own validation. One instance, since it takes more than a second to start and almost nothing for each template. */
const plugin =
  'CloudFormationValidatePlugin' in cdk ? new cdk.CloudFormationValidatePlugin() : undefined; // older CDKs have none

/** What the CDK's validation of CloudFormation templates says of these, as errors; none where they are sound. */
export function validationErrors(files: Files): string[] {
  if (plugin === undefined) {
    return [];
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'serverless-app-fuzz-'));
  try {
    const templates = Object.entries(files).filter(([name]) => name.endsWith('.template.json'));
    const stackTemplates = templates.map(([name, text]) => {
      const templatePath = path.join(folder, name);
      fs.writeFileSync(templatePath, text);
      return { stackConstructPath: name, templatePath, stackArtifactId: name };
    });
    const { violations } = plugin.validate({
      templatePaths: stackTemplates.map(({ templatePath }) => templatePath),
      stackTemplates,
    } as never);
    return violations
      .filter(({ severity }) => severity === 'error' || severity === 'fatal')
      .map(({ ruleName, description, violatingResources }) => {
        const where = violatingResources
          .map(({ resourceLogicalId }) => resourceLogicalId)
          .join(', ');
        return `${ruleName} ${description} (${where})`;
      });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
