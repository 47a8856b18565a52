using System.Text.Json.Serialization;
using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;

namespace Escalation.Web.Api;

/// <summary>Everything read and written as JSON, made at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    MaxDepth = 16,
    AllowDuplicateProperties = false,
    Converters = [
        typeof(InstantConverter),
        typeof(OptionalInstantConverter),
        typeof(DateConverter),
        typeof(OptionalDateConverter),
        typeof(OptionalFlagConverter),
        typeof(TextConverter),
    ]
)]
[JsonSerializable(typeof(OpeningBody))]
[JsonSerializable(typeof(GovUkFormsBody))]
[JsonSerializable(typeof(OpeningAnswer))]
[JsonSerializable(typeof(CaseView))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(HistoryView))]
[JsonSerializable(typeof(CaseEvent))]
[JsonSerializable(typeof(OutcomeBody))]
[JsonSerializable(typeof(AdoptBody))]
[JsonSerializable(typeof(ConfirmBody))]
[JsonSerializable(typeof(DisputeBody))]
[JsonSerializable(typeof(SkipBody))]
[JsonSerializable(typeof(SetDateBody))]
[JsonSerializable(typeof(HoldBody))]
[JsonSerializable(typeof(ResumeBody))]
[JsonSerializable(typeof(WithdrawBody))]
[JsonSerializable(typeof(NoteBody))]
[JsonSerializable(typeof(ContactMadeBody))]
[JsonSerializable(typeof(UrgentBody))]
[JsonSerializable(typeof(HandOverBody))]
[JsonSerializable(typeof(SendAgainBody))]
[JsonSerializable(typeof(ChangeContactBody))]
[JsonSerializable(typeof(AcceptContactBody))]
[JsonSerializable(typeof(LegalHoldBody))]
[JsonSerializable(typeof(PartnershipReviewBody))]
[JsonSerializable(typeof(CompleteDutyBody))]
[JsonSerializable(typeof(TrackerView))]
[JsonSerializable(typeof(TrackerRow))]
[JsonSerializable(typeof(IReadOnlyList<PolicySummary>))]
[JsonSerializable(typeof(PolicyView))]
[JsonSerializable(typeof(PolicySettingBody))]
[JsonSerializable(typeof(PolicyStored))]
[JsonSerializable(typeof(TimelineView))]
[JsonSerializable(typeof(IReadOnlyList<AgencyName>))]
[JsonSerializable(typeof(Agency))]
[JsonSerializable(typeof(AgencyBody))]
[JsonSerializable(typeof(CalendarView))]
[JsonSerializable(typeof(AmendmentBody))]
[JsonSerializable(typeof(AmendmentView))]
[JsonSerializable(typeof(AnnualAnalysis))]
[JsonSerializable(typeof(SummaryLogView))]
[JsonSerializable(typeof(HealthView))]
internal sealed partial class ApiJson : JsonSerializerContext;
