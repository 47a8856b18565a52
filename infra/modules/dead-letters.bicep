// Where Event Grid puts the delivery reports that it could not deliver. They hold recipients' addresses, so a rule deletes them.

@description('Name of the storage account.')
param storageName string

@description('Principal id of the topic\'s identity.')
param topicPrincipalId string

@description('Days after which a report is deleted.')
param days int = 30

var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource container 'containers' = {
      name: 'dead-letters'
    }
  }
}

resource cleared 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'clear-dead-letters'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob', 'appendBlob'], prefixMatch: ['${account::blobs::container.name}/'] }
            actions: { baseBlob: { delete: { daysAfterCreationGreaterThan: days } } }
          }
        }
      ]
    }
  }
}

// Role: Storage Blob Data Contributor, on this container alone, for the topic of delivery reports. Event Grid writes there, as the topic's
// identity, the reports that it could not deliver; keys of the account are off, and no narrower built-in role writes blobs.
resource topicWrites 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account::blobs::container.id, topicPrincipalId, blobDataContributor)
  scope: account::blobs::container
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: topicPrincipalId
    principalType: 'ServicePrincipal'
  }
}

output container string = account::blobs::container.name
