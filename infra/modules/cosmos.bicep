// The cases. Serverless: paid by the request. Keys are off; the app writes data and makes no containers.

@description('Name of the account.')
param name string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('How far back the account can be restored to.')
@allowed(['Continuous7Days', 'Continuous30Days'])
param backupTier string

@description('Principal id of the app\'s identity.')
param appPrincipalId string

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('True: over several zones. It is settled when the account is made.')
param zoneRedundant bool

@description('True: reached by a private endpoint only.')
param isPrivate bool

@description('True: a lock keeps the account from being deleted.')
param deletionLock bool

@description('Name of the database.')
param databaseName string = 'escalation'

var dataContributor = '00000000-0000-0000-0000-000000000002'
// The indexing is the store's own: it leaves out free text and personal data.
var containers = [
  { name: 'cases', partitionKey: '/partnership', indexing: loadJsonContent('../../src/Escalation.Cosmos/Indexing/cases.json') }
  { name: 'records', partitionKey: '/kind', indexing: loadJsonContent('../../src/Escalation.Cosmos/Indexing/records.json') }
]

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: [{ name: 'EnableServerless' }]
    locations: [{ locationName: location, failoverPriority: 0, isZoneRedundant: zoneRedundant }]
    // What one instance of the app wrote, the next must read.
    consistencyPolicy: { defaultConsistencyLevel: 'Strong' }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: { tier: backupTier }
    }
  }
}

// Deleting the group, or all that azd made, stops here: the cases can't be deleted by one confirmation.
resource keep 'Microsoft.Authorization/locks@2020-05-01' = if (deletionLock) {
  name: 'keep-cases'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the cases. infra/README.md says how to take an installation down.'
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-10-15' = {
  parent: account
  name: databaseName
  properties: {
    resource: { id: databaseName }
  }
}

@batchSize(1)
resource container 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-10-15' = [for item in containers: {
  parent: database
  name: item.name
  properties: {
    resource: {
      id: item.name
      partitionKey: { paths: [item.partitionKey], kind: 'Hash', version: 2 }
      indexingPolicy: item.indexing
    }
  }
}]

// Role: Cosmos DB Built-in Data Contributor, on this database alone. The store reads, writes, queries and deletes items; there is no
// narrower built-in role that writes. It gives no keys, and makes, changes or drops no database or container.
resource appUsesData 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-10-15' = {
  parent: account
  name: guid(account.id, appPrincipalId, dataContributor)
  properties: {
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/${dataContributor}'
    principalId: appPrincipalId
    scope: '${account.id}/dbs/${database.name}'
  }
}

// No log of data requests: their texts and keys name cases.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'ControlPlaneRequests', enabled: true }]
    metrics: [{ category: 'Requests', enabled: true }]
  }
}

output id string = account.id
output name string = account.name
output endpoint string = account.properties.documentEndpoint
output database string = database.name
