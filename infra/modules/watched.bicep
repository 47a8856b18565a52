// What is watched: each alert has its rule here, and the workbook shows the same. The app's own metrics count cases and notices without
// naming any.

var notices = 'AppMetrics | where Name == "escalation.notices.standing"'

@export()
@description('Looked for in the workspace. An alert fires when its query gives a Value above nothing.')
var inLogs = [
  {
    name: 'overdue-wakes'
    title: 'Cases whose next wake is more than five minutes past'
    description: 'Deadlines or reminders are late. Look at /health/ready, then at the failed runs of Advance and Sweep.'
    severity: 1
    source: 'AppMetrics | where Name == "escalation.wakes.overdue"'
    alert: 'summarize Value = max(Sum)'
    chart: 'summarize Cases = max(Sum) by bin(TimeGenerated, 1h)'
    frequency: 'PT5M'
    window: 'PT15M'
  }
  {
    name: 'failed-notices'
    title: 'Notices that could not be sent or were returned'
    description: 'Somebody was not told. The case names whom; the business manager can mend the directory and send again.'
    severity: 2
    // All failed notices there are, counted by every sweep. Only a rise is news: one that was sent again makes it fall.
    // The host puts prop__ before the names of what it passes on.
    source: '${notices} | where tostring(Properties.state) == "failed" or tostring(Properties.prop__state) == "failed"'
    alert: 'order by TimeGenerated asc | extend Rise = Sum - prev(Sum) | where Rise > 0 | summarize Value = sum(Rise)'
    chart: 'summarize Notices = max(Sum) by bin(TimeGenerated, 1h)'
    frequency: 'PT15M'
    window: 'PT1H'
  }
  {
    name: 'sweep-mended'
    title: 'The sweep mended an orchestration'
    description: 'A case had moved without its orchestration. Nothing is lost; often, it means that the task hub was out of reach.'
    severity: 2
    source: 'AppMetrics | where Name == "escalation.sweep.mended"'
    alert: 'summarize Value = sum(Sum)'
    chart: 'summarize Cases = sum(Sum) by bin(TimeGenerated, 1h)'
    frequency: 'PT15M'
    window: 'PT15M'
  }
]

@export()
@description('The sweep\'s own runs. Its alert is in after-deployment.bicep: before the code is deployed, nothing sweeps.')
var sweeps = {
  name: 'no-sweep'
  title: 'The sweep has not run'
  description: 'No run of the timer function Sweep succeeded in half an hour: the other alerts are silent too. Look at the function app.'
  severity: 1
  source: 'AppRequests | where Name == "Sweep" and Success == true'
  // DEPLOYED stands for the time of the deployment. In the half hour after it, the first run may be still to come.
  alert: 'summarize Last = max(TimeGenerated) | project Value = iff(coalesce(Last, datetime(DEPLOYED)) < ago(30m), 1, 0)'
  chart: 'summarize Runs = count() by bin(TimeGenerated, 1h)'
  frequency: 'PT5M'
  window: 'PT1H'
}

@export()
@description('Looked for in the platform\'s own metrics, of the function app or of the topic of delivery reports.')
var inMetrics = [
  {
    name: 'server-errors'
    title: 'The app answers with errors'
    description: 'More than five answers of 500 and above in a quarter of an hour. Look at /health/ready, then at the failed requests.'
    severity: 2
    of: 'app'
    metric: 'Http5xx'
    threshold: 5
  }
  {
    name: 'dead-letters'
    title: 'Delivery reports that the app did not take'
    description: 'Event Grid gave up on them and keeps them in the container dead-letters. Whether their emails arrived is not known.'
    severity: 2
    of: 'topic'
    metric: 'DeadLetteredCount'
    threshold: 0
  }
  {
    name: 'dropped-reports'
    title: 'Delivery reports that are lost'
    description: 'Event Grid could neither deliver nor keep them. Whether the emails that were sent at that time arrived is not known.'
    severity: 1
    of: 'topic'
    metric: 'DroppedEventCount'
    threshold: 0
  }
]
