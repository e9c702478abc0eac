import { App } from 'aws-cdk-lib';
import { AppStage } from 'cdk-serverless-app';
import { LiveBoardStack } from './stack';

const app = new App();
const development = app.node.tryGetContext('stage') === 'development';
new LiveBoardStack(app, 'LiveBoard', { stage: development ? AppStage.DEVELOPMENT : undefined });
