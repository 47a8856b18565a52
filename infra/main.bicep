// The resource group, and in it everything the Azure host needs (group.bicep).
targetScope = 'subscription'

import { tagsOf } from 'modules/tags.bicep'

@minLength(1)
@maxLength(64)
@description('Name of the azd environment. Names of resources are derived from it, the subscription and the location.')
param environmentName string

@allowed([
  'australiaeast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'francecentral'
  'germanywestcentral'
  'italynorth'
  'japaneast'
  'koreacentral'
  'northeurope'
  'norwayeast'
  'southafricanorth'
  'southcentralus'
  'southeastasia'
  'spaincentral'
  'swedencentral'
  'uaenorth'
  'uksouth'
  'westeurope'
  'westus2'
  'westus3'
])
@metadata({ azd: { type: 'location' } })
@description('Region of everything regional: one with Flex Consumption and with zones (az functionapp list-flexconsumption-locations).')
param location string

@description('Object id of whoever deploys. It may then write secrets to the vault. Empty: nobody is given that.')
param principalId string = ''

@description('Kind of the deploying principal.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('Where Communication Services keeps data at rest, in its own words. It can\'t be changed later.')
param dataLocation string = 'UK'

@description('Base of emailed links, with https:// and without a trailing slash. Empty: the function app\'s own address.')
param publicUrl string = ''

@description('Domain that emails come from. Empty: one that Azure manages, which sends 10 emails an hour: for trying out only.')
param emailDomain string = ''

@description('True once Azure has verified the DNS records of emailDomain. Until then the domain that Azure manages sends.')
param emailDomainVerified bool = false

@description('The sender\'s address before the @. Others than DoNotReply need raised sending limits and a domain of your own.')
param senderUsername string = 'DoNotReply'

@description('Id of the template that emails go out with by GOV.UK Notify. Empty: Communication Services sends them.')
param notifyTemplate string = ''

@description('Ids that Notify gave to the addresses replies go to: ID, or manager@example.org=ID,…. Empty: the service\'s own.')
param notifyReplyTo string = ''

@description('Client id of the app registration that staff sign in with. Empty: nobody can, staff calls are 401, health is not ready.')
param entraClientId string = ''

@description('Address that alerts go to. Empty, with no action group either: the alerts exist and tell nobody.')
param alertEmail string = ''

@description('Resource id of an action group of your own that alerts go to as well. Empty: none.')
param alertActionGroupId string = ''

@description('Name of the Cosmos DB account of the cases: after a restore, the one restored to. Empty: one made for this environment.')
param cosmosAccountName string = ''

@description('How far back the cases can be restored to.')
@allowed(['Continuous7Days', 'Continuous30Days'])
param backupTier string = 'Continuous30Days'

@description('Days that logs and metrics are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Most instances of the function app that may run at once. Bounds the cost of a flood.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances kept ready for orchestrations. 0: the first wake after a quiet time waits for a start, some seconds.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int = 0

@description('True: the app\'s instances are spread over zones. Azure then keeps two ready for each kind of function, which are paid for.')
param computeZoneRedundant bool = false

@description('True: the cases are kept in several zones, at a quarter more. Azure refuses a change once the account is made.')
param cosmosZoneRedundant bool = false

@description('True: locks keep the cases and the vault from being deleted. False, for trying out, makes none and deletes none.')
param deletionLock bool = true

@description('True: storage, cases and vault are reached by private endpoints only. The app stays open to links, forms and Event Grid.')
param privateNetwork bool = false

@description('Addresses of the private network, /24 or wider.')
param networkPrefix string = '10.90.0.0/24'

@description('Public addresses that reach a private vault too, with commas between them: of whoever runs azd. Empty: none.')
param vaultAddresses string = ''

@description('Extra tags of the group and of everything in it: NAME=VALUE, with semicolons between them.')
param extraTags string = ''

@description('A month\'s budget of the resource group, in the currency that the subscription is billed in. 0: none.')
@minValue(0)
param monthlyBudget int = 0

@description('First day of the month that the budget begins with, as 2026-12-01: the present month at first, and the same ever after.')
param budgetFrom string = ''

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tagsOf(environmentName, extraTags)
}

module everything 'group.bicep' = {
  name: 'escalation'
  scope: group
  params: {
    environmentName: environmentName
    location: location
    principalId: principalId
    principalType: principalType
    dataLocation: dataLocation
    publicUrl: publicUrl
    emailDomain: emailDomain
    emailDomainVerified: emailDomainVerified
    senderUsername: senderUsername
    notifyTemplate: notifyTemplate
    notifyReplyTo: notifyReplyTo
    entraClientId: entraClientId
    alertEmail: alertEmail
    alertActionGroupId: alertActionGroupId
    cosmosAccountName: cosmosAccountName
    backupTier: backupTier
    logRetentionDays: logRetentionDays
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    computeZoneRedundant: computeZoneRedundant
    cosmosZoneRedundant: cosmosZoneRedundant
    deletionLock: deletionLock
    privateNetwork: privateNetwork
    networkPrefix: networkPrefix
    vaultAddresses: vaultAddresses
    extraTags: extraTags
    monthlyBudget: monthlyBudget
    budgetFrom: budgetFrom
  }
}

@description('Where everything was deployed.')
output AZURE_LOCATION string = everything.outputs.AZURE_LOCATION

@description('The tenant whose people sign in.')
output AZURE_TENANT_ID string = everything.outputs.AZURE_TENANT_ID

@description('The resource group that holds everything.')
output AZURE_RESOURCE_GROUP string = everything.outputs.AZURE_RESOURCE_GROUP

@description('The function app that azd deploys the service "app" to.')
output SERVICE_APP_NAME string = everything.outputs.SERVICE_APP_NAME

@description('The function app\'s resource id.')
output SERVICE_APP_RESOURCE_ID string = everything.outputs.SERVICE_APP_RESOURCE_ID

@description('The function app\'s own address.')
output SERVICE_APP_ENDPOINT_URL string = everything.outputs.SERVICE_APP_ENDPOINT_URL

@description('Client id of the app\'s identity; the subject of the sign-in registration\'s federated credential is its principal id.')
output AZURE_APP_IDENTITY_CLIENT_ID string = everything.outputs.AZURE_APP_IDENTITY_CLIENT_ID

@description('Principal id of the app\'s identity.')
output AZURE_APP_IDENTITY_PRINCIPAL_ID string = everything.outputs.AZURE_APP_IDENTITY_PRINCIPAL_ID

@description('The vault that the hooks fill.')
output AZURE_KEY_VAULT_NAME string = everything.outputs.AZURE_KEY_VAULT_NAME

@description('The Cosmos DB account.')
output AZURE_COSMOS_ACCOUNT_NAME string = everything.outputs.AZURE_COSMOS_ACCOUNT_NAME

@description('Its address.')
output AZURE_COSMOS_ENDPOINT string = everything.outputs.AZURE_COSMOS_ENDPOINT

@description('The storage account: the deployed package, the task hub, and the reports that could not be delivered.')
output AZURE_STORAGE_ACCOUNT_NAME string = everything.outputs.AZURE_STORAGE_ACCOUNT_NAME

@description('Its container of the reports that could not be delivered.')
output AZURE_DEAD_LETTER_CONTAINER string = everything.outputs.AZURE_DEAD_LETTER_CONTAINER

@description('The topic that delivery reports come from.')
output AZURE_EVENT_GRID_TOPIC_NAME string = everything.outputs.AZURE_EVENT_GRID_TOPIC_NAME

@description('The address that emails come from.')
output AZURE_EMAIL_SENDER string = everything.outputs.AZURE_EMAIL_SENDER

@description('What after-deployment.bicep is given.')
output ESCALATION_AFTER_DEPLOYMENT object = everything.outputs.ESCALATION_AFTER_DEPLOYMENT
