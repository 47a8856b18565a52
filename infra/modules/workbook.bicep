// A page of charts in the portal: what the alerts watch, over time.
import { inLogs, inMetrics, sweeps } from 'watched.bicep'

@description('Name that the portal shows.')
param title string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Resource id of the function app.')
param appId string

@description('Resource id of the topic of delivery reports.')
param topicId string

var span = { name: 'span', text: '{span}' }

var head = [
  {
    type: 1
    name: 'about'
    content: { json: 'What the alerts watch. Cases, their names and their people are in the app only.' }
  }
  {
    type: 9
    name: 'time'
    content: {
      version: 'KqlParameterItem/1.0'
      style: 'pills'
      parameters: [
        {
          id: guid('span')
          version: 'KqlParameterItem/1.0'
          name: span.name
          label: 'Time'
          type: 4
          isRequired: true
          typeSettings: { selectableValues: [{ durationMs: 86400000 }, { durationMs: 604800000 }, { durationMs: 2592000000 }] }
          value: { durationMs: 604800000 }
        }
      ]
    }
  }
]

var queries = map(concat(inLogs, [sweeps]), rule => {
  type: 3
  name: rule.name
  content: {
    version: 'KqlItem/1.0'
    title: rule.title
    query: '${rule.source} | where TimeGenerated ${span.text} | ${rule.chart} | render timechart'
    size: 1
    timeContextFromParameter: span.name
    queryType: 0
    resourceType: 'microsoft.operationalinsights/workspaces'
    crossComponentResources: [workspaceId]
    noDataMessage: 'Nothing was counted.'
  }
})

var metrics = map(inMetrics, rule => {
  type: 10
  name: rule.name
  content: {
    version: 'MetricsItem/2.0'
    title: rule.title
    chartId: guid(rule.name)
    size: 1
    chartType: 2
    timeContextFromParameter: span.name
    resourceType: rule.of == 'app' ? 'microsoft.web/sites' : 'microsoft.eventgrid/systemtopics'
    metricScope: 0
    resourceIds: [rule.of == 'app' ? appId : topicId]
    metrics: [
      {
        namespace: rule.of == 'app' ? 'microsoft.web/sites' : 'microsoft.eventgrid/systemtopics'
        metric: '${rule.of == 'app' ? 'microsoft.web/sites' : 'microsoft.eventgrid/systemtopics'}--${rule.metric}'
        aggregation: 1
      }
    ]
  }
})

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: title
    category: 'workbook'
    sourceId: workspaceId
    version: '1.0'
    serializedData: string({ version: 'Notebook/1.0', items: concat(head, queries, metrics) })
  }
}
