// A virtual network with two subnets: the app goes out through one, and the other has the private endpoints of what it needs.

@description('End of each name.')
param suffix string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Addresses of the network, /24 or wider.')
param prefix string

@description('Resource id of the storage account.')
param storageId string

@description('Resource id of the Cosmos DB account.')
param cosmosId string

@description('Resource id of the vault.')
param vaultId string

// A service, in Azure's words, and the zone of its names go together.
var reached = [
  { id: storageId, service: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { id: storageId, service: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
  { id: storageId, service: 'table', zone: 'privatelink.table.${environment().suffixes.storage}' }
  { id: cosmosId, service: 'Sql', zone: 'privatelink.documents.azure.com' }
  { id: vaultId, service: 'vault', zone: 'privatelink.vaultcore.azure.net' }
]

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: 'vnet-${suffix}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [prefix] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(prefix, 26, 0)
          // What Flex Consumption asks for.
          delegations: [{ name: 'app', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(prefix, 26, 1)
        }
      }
    ]
  }

  resource app 'subnets' existing = {
    name: 'app'
  }

  resource endpoints 'subnets' existing = {
    name: 'endpoints'
  }
}

// One after the other: a subnet takes one change at a time.
@batchSize(1)
module privateEndpoints 'private-endpoint.bicep' = [for item in reached: {
  name: 'endpoint-${item.service}'
  params: {
    name: 'pe-${toLower(item.service)}-${suffix}'
    location: location
    tags: tags
    networkId: network.id
    subnetId: network::endpoints.id
    targetId: item.id
    service: item.service
    zoneName: item.zone
  }
}]

output appSubnetId string = network::app.id
