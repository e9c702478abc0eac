import { App } from 'aws-cdk-lib';
import { AppStage } from 'cdk-serverless-app';
import { ImageIntakeStack } from './stack';

const app = new App();
const development = app.node.tryGetContext('stage') === 'development';
new ImageIntakeStack(app, 'ImageIntake', { stage: development ? AppStage.DEVELOPMENT : undefined });
