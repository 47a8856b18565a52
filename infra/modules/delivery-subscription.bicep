// The webhook's subscription.

@description('Name of the Event Grid topic.')
param topicName string

@description('Address of the webhook, without a query.')
param webhookUrl string

@secure()
@description('What the webhook asks for, letters and digits. The handshake carries it too, so it stands in the query.')
param secret string

@description('Resource id of the storage account that keeps the reports that could not be delivered.')
param deadLetterStorageId string

@description('Its container.')
param deadLetterContainer string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource delivery 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'email-delivery'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    filter: { includedEventTypes: ['Microsoft.Communication.EmailDeliveryReportReceived'] }
    destination: {
      endpointType: 'WebHook'
      properties: {
        // Event Grid shows the address without its query to whoever may read the subscription. What is secret in it is a secure
        // parameter; the compiler loses sight of that where texts are joined.
        #disable-next-line use-secure-value-for-secure-inputs
        endpointUrl: '${webhookUrl}?secret=${secret}'
        maxEventsPerBatch: 20
        preferredBatchSizeInKilobytes: 64
        minimumTlsVersionAllowed: '1.2'
      }
    }
    // What is answered with 400, 401, 403 or 413 is not tried again, and a stopped app answers 403. The rest is tried for a day.
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
    deadLetterWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: { resourceId: deadLetterStorageId, blobContainerName: deadLetterContainer }
      }
    }
  }
}
