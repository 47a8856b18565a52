// What can only be once the code is there. A hook deploys it after the app: Event Grid tries the webhook when it is subscribed, and
// before the first deployment nothing sweeps, so nothing must wait for a sweep.
import { sweeps } from 'modules/watched.bicep'

@description('Names and ids of what was made, and nothing secret: azd keeps it in its environment.')
@sealed()
type provisioned = {
  @description('Region.')
  location: string

  @description('Tags of every resource.')
  tags: object

  @description('The app\'s own address, without a trailing slash.')
  appUrl: string

  @description('The vault that holds the webhook\'s secret.')
  vaultName: string

  @description('The topic that delivery reports come from.')
  topicName: string

  @description('The storage account that keeps the reports that could not be delivered.')
  deadLetterStorageId: string

  @description('Its container.')
  deadLetterContainer: string

  @description('The Log Analytics workspace.')
  workspaceId: string

  @description('Start of each alert rule\'s name.')
  alertPrefix: string

  @description('The action groups that alerts tell.')
  alertGroups: string[]
}

@description('What provisioning made: the value of its output ESCALATION_AFTER_DEPLOYMENT.')
param installation provisioned

@description('The time of this deployment.')
param deployed string = utcNow('u')

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: installation.vaultName
}

module subscription 'modules/delivery-subscription.bicep' = {
  name: 'delivery-subscription'
  params: {
    topicName: installation.topicName
    webhookUrl: '${installation.appUrl}/hooks/email-delivery'
    secret: vault.getSecret('delivery-secret')
    deadLetterStorageId: installation.deadLetterStorageId
    deadLetterContainer: installation.deadLetterContainer
  }
}

module noSweep 'modules/log-alert.bicep' = {
  name: 'alert-${sweeps.name}'
  params: {
    name: '${installation.alertPrefix}-${sweeps.name}'
    location: installation.location
    tags: installation.tags
    workspaceId: installation.workspaceId
    groups: installation.alertGroups
    rule: sweeps
    query: '${sweeps.source} | ${replace(sweeps.alert, 'DEPLOYED', deployed)}'
  }
}
