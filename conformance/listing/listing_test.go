// Compiled into BoringSSL's runner beside its own files (see run): lists the tests that a run with the same arguments
// is about, for Score. The runner's results name only the tests that were run, and not which versions they are for.
package runner

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

type listedTest struct {
	Name     string `json:"name"`
	Protocol string `json:"protocol"`
	// The runner's lowest version, 0 if it does not say.
	MinVersion uint16 `json:"minVersion"`
	// The runner's highest version on each connection that has a configuration of its own, 0 if it does not say.
	MaxVersions []uint16 `json:"maxVersions"`
	// The version that the test demands of the first connection, 0 if it does not.
	ExpectedVersion uint16   `json:"expectedVersion"`
	Flags           []string `json:"flags"`
	Disabled        bool     `json:"disabled"`
}

func TestListing(t *testing.T) {
	// The last of so many shards has no test in it: main makes all tests and runs none.
	os.Setenv(shardPrefix+shardTotalEnv, strconv.Itoa(math.MaxInt32))
	os.Setenv(shardPrefix+shardIndexEnv, strconv.Itoa(math.MaxInt32-1))
	main()

	listed := []listedTest{}
	for i := range testCases {
		test := &testCases[i]
		if !matches(t, patterns(*testToRun), patterns(*skipTest), test.name) {
			continue
		}
		versions := []uint16{test.config.MaxVersion}
		if test.resumeConfig != nil {
			versions = append(versions, test.resumeConfig.MaxVersion)
		}
		listed = append(listed, listedTest{
			Name:            test.name,
			Protocol:        test.protocol.String(),
			MinVersion:      test.config.MinVersion,
			MaxVersions:     versions,
			ExpectedVersion: test.expectations.version,
			Flags:           append([]string{}, test.flags...),
			Disabled:        isDisabled(t, test.name),
		})
	}
	encoded, err := json.Marshal(map[string]any{"tests": listed})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(os.Getenv("AKUSHU_LISTING"), encoded, 0644); err != nil {
		t.Fatal(err)
	}
}

func isDisabled(t *testing.T, name string) bool {
	if *includeDisabled {
		return false
	}
	for pattern := range shimConfig.DisabledTests {
		if matches(t, []string{pattern}, nil, name) {
			return true
		}
	}
	return false
}

func patterns(list string) []string {
	if len(list) == 0 {
		return nil
	}
	return strings.Split(list, ";")
}

func matches(t *testing.T, any, none []string, name string) bool {
	matched, err := match(any, none, name)
	if err != nil {
		t.Fatal(err)
	}
	return matched
}
