import { App } from 'aws-cdk-lib';
import { AppStage } from 'cdk-serverless-app';
import { PartnerApiStack } from './stack';

const app = new App();
const development = app.node.tryGetContext('stage') === 'development';
new PartnerApiStack(app, 'PartnerApi', { stage: development ? AppStage.DEVELOPMENT : undefined });
