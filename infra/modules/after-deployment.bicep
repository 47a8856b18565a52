// What provisioning hands to after-deployment.bicep.

@export()
@description('Names and ids of what was made, and nothing secret: azd keeps it in its environment.')
@sealed()
type afterDeployment = {
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
